<?php

namespace App;

class Tool extends Base
{
    public function name(): string
    {
        return 'tool of ' . $this->of();
    }
}
