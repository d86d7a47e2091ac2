<?php

// The site that is crawled: numbered pages with links to each other, and some to pages that are not there.

const PAGES = 60;

/** What is at a path, and how long it takes; null where there is nothing. */
function page_at(string $path): ?array
{
    if (!preg_match('~^/site/([1-9][0-9]{0,2})$~', $path, $found)) {
        return null;
    }
    $number = (int) $found[1];
    if ($number > PAGES) {
        return null;
    }
    $html = "<h1>Page $number</h1>";
    foreach (linked_from($number) as $link) {
        $html .= "<a href=\"$link\">$link</a>";
    }
    return ['html' => $html, 'seconds' => 0.005 * (1 + $number % 3)];
}

/** Each page links to the next one, to two further ones, to another site, and every tenth to a page that was taken away. */
function linked_from(int $number): array
{
    $links = ['https://example.com/'];
    foreach ([$number + 1, $number * 2, $number * 2 + 1] as $next) {
        if ($next <= PAGES) {
            $links[] = "/site/$next";
        }
    }
    if ($number % 10 === 0) {
        $links[] = "/site/gone-$number";
    }
    return $links;
}
