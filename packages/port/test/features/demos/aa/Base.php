<?php

namespace App;

class Base
{
    public function of(): string
    {
        return 'aa';
    }
}
