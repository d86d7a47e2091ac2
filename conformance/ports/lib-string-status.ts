// Swoole\StringObject and _string(), Http\Status and Constant: what each method gives, as text, number, StringObject or ArrayObject.
import { _mbstring, _string, ArrayObject, Constant, Http, StringObject } from 'swoole-ts';
import { echo, jsonEncode } from '../lib/php.ts';

const { Status } = Http;

function show(what: string, value: unknown): void {
  const text =
    value instanceof ArrayObject
      ? `ArrayObject ${jsonEncode(value.toArray())}`
      : value instanceof StringObject
        ? `StringObject ${jsonEncode(value.toString())}`
        : jsonEncode(value);
  echo(`${what}: ${text}\n`);
}

const text = new StringObject('Hello World');
show('length', text.length());
show('to text', `${text}!`);
show('indexOf', [
  text.indexOf('o'),
  text.indexOf('o', 5),
  text.indexOf('x'),
  text.lastIndexOf('o'),
  text.pos('W'),
  text.rpos('l'),
  text.ipos('w'),
]);
show('contains', [
  text.contains('World'),
  text.contains('world'),
  text.startsWith('Hell'),
  text.endsWith('d'),
  text.endsWith('x'),
]);
show('lower', text.lower());
show('upper', text.upper());
show('reverse', text.reverse());
show('substr', text.substr(6));
show('substr with a length', text.substr(-5, 3));
show('repeat', _string('ab').repeat(3));
show('append', _string('a').append('b').append(5));
show('replace', text.replace('o', '0'));
show('trim', _string('  x \n').trim());
show('ltrim and rtrim', [String(_string('  x ').ltrim()), String(_string('  x ').rtrim())]);
show('split', _string('a,b,c').split(','));
show('split with a limit', _string('a,b,c').split(',', 2));
show('char', [text.char(0), text.char(4)]);
show('chunk', _string('abcde').chunk(2));
show('chunkSplit', _string('abcd').chunkSplit(2, '|'));
show('equals', [
  text.equals('Hello World'),
  text.equals(_string('Hello World')),
  _string('1').equals(1),
  _string('1').equals(1, true),
]);
show('the original', text);
show('bytes', _string('żółw').length());
show('characters', _mbstring('żółw').length());

show(
  'reasons',
  [200, 201, 404, 418, 500, 999].map((status) => Status.getReasonPhrase(status)),
);
show('constants', [Status.OK, Status.NOT_FOUND, Status.INTERNAL_SERVER_ERROR, Status.SWITCHING_PROTOCOLS]);
show('all reasons', [
  typeof Status.getReasonPhrases() === 'object',
  Status.getReasonPhrases()[Status.IM_USED],
]);
show('Constant', [
  Constant.EVENT_WORKER_START,
  Constant.EVENT_MESSAGE,
  Constant.OPTION_WORKER_NUM,
  Constant.OPTION_OPEN_EOF_SPLIT,
]);
