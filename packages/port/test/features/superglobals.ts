import {
  PATHINFO_FILENAME,
  PhpArray,
  add,
  array_keys,
  array_shift,
  at,
  count,
  echo,
  implode,
  isset,
  json_encode,
  pathinfo,
  put,
  strtoupper,
  sub,
  superglobals,
  time,
  unset,
  var_dump,
} from 'swoole-ts-php';

// The command line, and superglobals that a program fills itself, as old servers do for frameworks that expect them.
function script(): string {
  return pathinfo(superglobals.argv[0], PATHINFO_FILENAME);
}

function own(argv: string): string {
  return `own ${argv}`;
}

const command = superglobals.argv[1] != null ? superglobals.argv[1] : 'start';
echo(script(), ` ${command} of ${superglobals.argc}, `, own('value'), '\n');
const second = () => {
  return superglobals.argv[2] ?? 'none';
};
echo(
  second(),
  ' ',
  at(superglobals._SERVER, 'argc'),
  ' ',
  pathinfo(at(at(superglobals._SERVER, 'argv'), 0), PATHINFO_FILENAME),
  '\n',
);
array_shift(superglobals.argv);
echo(superglobals.argv.length, !(superglobals.argv.length > 0) ? ' empty' : ' more', '\n');
var_dump(
  sub(time(), at(superglobals._SERVER, 'REQUEST_TIME')) < 60,
  isset(superglobals._SERVER, 'PATH'),
  isset(superglobals._SERVER, 'REQUEST_URI'),
);

const request = {
  get: PhpArray.fromEntries<string>([
    ['name', 'Ada'],
    ['page', '2'],
  ]),
  cookie: null,
};
superglobals._GET = request.get;
superglobals._POST = new PhpArray();
for (const [key, value] of request.get.entries()) {
  put(superglobals._POST, strtoupper(key), value);
}
put(superglobals._COOKIE, 'session', 'abc');
if (isset(superglobals._GET, 'page') && !isset(superglobals._COOKIE, 'other')) {
  echo(
    at(superglobals._GET, 'name'),
    ' ',
    add(at(superglobals._GET, 'page'), 1),
    ' ',
    implode(',', array_keys(superglobals._POST)),
    ' ',
    count(superglobals._COOKIE),
    '\n',
  );
}
superglobals._REQUEST = add(superglobals._GET, superglobals._POST);
unset(superglobals._REQUEST, 'name');
echo(json_encode(superglobals._REQUEST), '\n');
