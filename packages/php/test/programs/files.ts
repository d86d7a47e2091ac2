import * as php from '../../src/index.js';
import {
  FILE_APPEND,
  FILE_IGNORE_NEW_LINES,
  PATHINFO_EXTENSION,
  SEEK_END,
  type Stream,
  silence,
  var_dump,
} from '../../src/index.js';

export function main(): void {
  const dir = `${php.sys_get_temp_dir()}/php-files-${php.getmypid()}`;
  php.mkdir(dir);
  const file = `${dir}/a.txt`;
  var_dump(
    php.file_put_contents(file, 'one\ntwo\n'),
    php.file_put_contents(file, ['three', '\n'], FILE_APPEND),
    php.file_get_contents(file),
  );
  var_dump(
    php.file(file),
    php.file(file, FILE_IGNORE_NEW_LINES),
    php.filesize(file),
    php.is_file(file),
    php.is_dir(dir),
    php.file_exists(`${dir}/no`),
  );
  let handle = php.fopen(file, 'r') as Stream;
  for (let line = php.fgets(handle); line !== false; line = php.fgets(handle))
    php.echo(php.strlen(line), ':', php.trim(line), '\n');
  var_dump(
    php.feof(handle),
    php.ftell(handle),
    php.rewind(handle),
    php.fread(handle, 5),
    php.fgetc(handle),
    php.fseek(handle, -3, SEEK_END),
    php.fread(handle, 10),
    php.feof(handle),
    php.fclose(handle),
  );
  handle = php.fopen(file, 'w+') as Stream;
  var_dump(
    php.fwrite(handle, 'hello world'),
    php.fputcsv(handle, ['a b', 'c"d', 'e,f', 5, null]),
    php.rewind(handle),
    php.stream_get_contents(handle),
    php.ftruncate(handle, 5),
    php.rewind(handle),
    php.fread(handle, 100),
  );
  php.fclose(handle);
  handle = php.fopen(`${dir}/b.csv`, 'a') as Stream;
  php.fwrite(handle, 'x,"y\nz"\n1,2\n');
  php.fclose(handle);
  handle = php.fopen(`${dir}/b.csv`, 'r') as Stream;
  for (let row = php.fgetcsv(handle); row; row = php.fgetcsv(handle)) var_dump(row);
  php.fclose(handle);
  const memory = php.fopen('php://memory', 'w+') as Stream;
  php.fwrite(memory, 'abc');
  php.rewind(memory);
  var_dump(php.fread(memory, 2), php.stream_get_contents(memory));
  var_dump(
    php.scandir(dir),
    php.array_map('basename', php.glob(`${dir}/*.txt`)),
    php.copy(file, `${dir}/c.txt`),
    php.rename(`${dir}/c.txt`, `${dir}/d.txt`),
    php.unlink(`${dir}/d.txt`),
  );
  php.mkdir(`${dir}/x/y/z`, 0o777, true);
  var_dump(
    php.is_dir(`${dir}/x/y/z`),
    php.rmdir(`${dir}/x/y/z`),
    php.rmdir(`${dir}/x/y`),
    php.rmdir(`${dir}/x`),
    php.realpath(`${dir}/../no/such`),
  );
  var_dump(
    silence(() => php.file_get_contents(`${dir}/none`)),
    silence(() => php.unlink(`${dir}/none`)),
    silence(() => php.fopen(`${dir}/none`, 'r')),
  );
  php.file_put_contents(`${dir}/bin`, Buffer.from('ff00fe', 'hex'));
  var_dump(php.bin2hex(php.file_get_contents(`${dir}/bin`)), php.md5_file(`${dir}/bin`));
  var_dump(
    php.touch(`${dir}/t`, 1000),
    php.filemtime(`${dir}/t`),
    php.pathinfo(file, PATHINFO_EXTENSION),
    php.basename(file),
  );
  const listed = php.dir(dir) as php.Directory;
  const names: string[] = [];
  for (let name = listed.read(); name !== false; name = listed.read())
    if (name !== '.' && name !== '..') names.push(name);
  php.sort(names);
  listed.rewind();
  var_dump(
    names,
    typeof listed.read() === 'string',
    php.get_class(listed),
    listed.path === dir,
    silence(() => php.dir(`${dir}/none`)),
  );
  listed.close();
  for (const name of php.scandir(dir) || []) if (name[0] !== '.') php.unlink(`${dir}/${name}`);
  var_dump(
    php.rmdir(dir),
    php.gettype(memory),
    php.is_resource(memory),
    php.fclose(memory),
    php.is_resource(memory),
    php.gettype(memory),
  );
}
