<?php
return ['color' => 'red'];
