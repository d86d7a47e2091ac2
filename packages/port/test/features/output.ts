import {
  echo,
  htmlspecialchars,
  ob_get_clean,
  ob_start,
  print_r,
  printf,
  sprintf,
  strlen,
  trim,
  var_export,
} from 'swoole-ts-php';

ob_start();
echo('<h1>Title</h1>\n');
for (const item of ['a', 'b']) {
  echo('  <li>');
  echo(htmlspecialchars(`<${item}>`));
  echo('</li>\n');
}
const html = ob_get_clean();
echo(strlen(html), '\n', trim(html), '\n');
printf("%05.2f|%-6s|%'*8d|%x|%b|%s\n", 3.14159, 'ab', 42, 255, 5, true);
echo(sprintf('%2$s %1$s', 'a', 'b'), '\n');
echo('print\n');
print_r({ a: 1, b: [2, 3] });
echo(var_export({ x: [1, true, null, 1.5] }, true), '\n');
