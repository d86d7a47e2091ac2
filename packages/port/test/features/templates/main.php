<?php
// Templates: files that are included while the program runs, each time with the variables that are seen there.
const VIEWS = __DIR__ . '/views';

function render(string $template, array $data = []): string
{
    extract($data);
    ob_start();
    include VIEWS . '/' . $template;
    $content = ob_get_clean();
    ob_start();
    include __DIR__ . '/views/layout.php';

    return ob_get_clean();
}

class Page
{
    private $title = 'A page';

    public function show(string $name): string
    {
        $path = __DIR__ . '/views/' . $name . '.php';
        if (!file_exists($path)) {
            return "no $name\n";
        }
        ob_start();
        for ($i = 1; $i <= 2; $i++) {
            include $path;
        }
        return ob_get_clean();
    }

    public function title(): string
    {
        return $this->title;
    }
}

function setting(string $name)
{
    $all = include __DIR__ . "/views/settings.php";
    return $all[$name] ?? null;
}

echo render('list.php', ['items' => ['one', 'two <b>'], 'title' => 'List']);
echo render('list.php', ['items' => []]);
$page = new Page();
echo $page->show('round'), $page->show('none');
var_dump(setting('color'), setting('size'));
