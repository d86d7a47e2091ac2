<?php
// Namespaces, imports with aliases, fully qualified names, functions and constants of a namespace.
namespace App\Model {
    const LIMIT = 3;

    function describe(User $user): string
    {
        return $user->name . ' of ' . __NAMESPACE__;
    }

    class User
    {
        public function __construct(public string $name)
        {
        }
    }
}

namespace App {
    use App\Model\User as Person;
    use function App\Model\describe;
    use const App\Model\LIMIT;

    $user = new Person('Ann');
    echo describe($user), "\n";
    echo get_class($user), ' ', Person::class, ' ', LIMIT, "\n";
    echo \strlen('four'), ' ', \App\Model\describe(new Model\User('Bob')), "\n";
}
