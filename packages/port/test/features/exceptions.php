<?php
// try, several catch clauses, finally, exceptions of one's own, previous ones, rethrowing, throw as an expression.
class AppException extends RuntimeException
{
    public function __construct(string $message, private string $detail = '', ?Throwable $previous = null)
    {
        parent::__construct($message, 42, $previous);
    }

    public function detail(): string
    {
        return $this->detail;
    }
}

function risky(int $n): string
{
    try {
        if ($n === 1) {
            throw new AppException('one', 'first');
        }
        if ($n === 2) {
            throw new InvalidArgumentException('two');
        }
        if ($n === 3) {
            return intdiv(1, 0);
        }
        return 'fine';
    } catch (AppException $e) {
        return $e->getMessage() . ' ' . $e->detail() . ' ' . $e->getCode();
    } catch (InvalidArgumentException | DomainException $e) {
        throw new AppException('wrapped', 'second', $e);
    } finally {
        echo '(finally)';
    }
}

foreach ([0, 1, 2, 3] as $n) {
    try {
        echo risky($n), "\n";
    } catch (Exception $e) {
        echo get_class($e), ': ', $e->getMessage(), ' after ', $e->getPrevious()->getMessage(), "\n";
    } catch (Error $e) {
        echo get_class($e), ': ', $e->getMessage(), "\n";
    }
}
$value = null;
try {
    $name = $value ?? throw new LogicException('no value');
} catch (LogicException) {
    echo "caught without a variable\n";
}
