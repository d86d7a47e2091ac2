import {
  array_search,
  array_walk_recursive_ref,
  caught,
  compare,
  DirectoryIterator,
  echo,
  entries,
  FilesystemIterator,
  file_exists,
  file_put_contents,
  get_class,
  getmypid,
  implode,
  json_encode,
  type Mixed,
  mkdir,
  RecursiveDirectoryIterator,
  RecursiveIteratorIterator,
  type Ref,
  RuntimeException,
  realpath,
  rmdir,
  SplFileInfo,
  sort,
  str_replace,
  strlen,
  substr,
  symlink,
  sys_get_temp_dir,
  toBool,
  toStr,
  touch,
  UnexpectedValueException,
  unlink,
  ValueError,
  values,
} from '../../src/index.js';

export function main(): void {
  const root = `${sys_get_temp_dir()}/directories-${getmypid()}`;
  mkdir(`${root}/a/deep`, 0o777, true);
  mkdir(`${root}/b`);
  for (const [name, text] of Object.entries({
    'one.txt': '1',
    'a/two.tar.gz': '22',
    'a/deep/three': '333',
    'b/.hidden': '',
  })) {
    file_put_contents(`${root}/${name}`, text);
    touch(`${root}/${name}`, 1700000000);
  }
  symlink(`${root}/a`, `${root}/b/link`);

  function sorted(all: Mixed, show: (...args: Mixed[]) => Mixed): string {
    const shown: Mixed[] = [];
    for (const [key, value] of entries(all)) {
      shown.push(show(key, value));
    }
    sort(shown);
    return implode(' ', shown);
  }

  const within = (path: Mixed) => substr(path, strlen(root) + 1);
  echo(
    sorted(
      new DirectoryIterator(root),
      (_key: Mixed, entry: Mixed) => `${toBool(entry.isDot()) ? 'dot:' : ''}${toStr(entry)}`,
    ),
    '\n',
  );
  echo(
    sorted(
      new FilesystemIterator(root),
      (key: Mixed, entry: Mixed) => `${within(key)}=${get_class(entry)}:${within(toStr(entry))}`,
    ),
    '\n',
  );
  echo(
    sorted(
      new FilesystemIterator(
        `${root}/a/`,
        FilesystemIterator.KEY_AS_FILENAME | FilesystemIterator.CURRENT_AS_PATHNAME,
      ),
      (key) => key,
    ),
    '\n',
  );
  echo(
    sorted(new RecursiveDirectoryIterator(root), (key: Mixed, _entry: Mixed) => within(key)),
    '\n',
  );

  for (const mode of [
    RecursiveIteratorIterator.LEAVES_ONLY,
    RecursiveIteratorIterator.SELF_FIRST,
    RecursiveIteratorIterator.CHILD_FIRST,
  ]) {
    const all = new RecursiveIteratorIterator(
      new RecursiveDirectoryIterator(root, FilesystemIterator.SKIP_DOTS),
      mode,
    );
    echo(
      sorted(
        all,
        (_key: Mixed, _entry: Mixed) => `${all.getDepth()}:${all.getSubPath()}:${all.getSubPathname()}`,
      ),
      '\n',
    );
    all.setMaxDepth(1);
    echo(
      sorted(all, (key: Mixed, _entry: Mixed) => `${all.getDepth()}:${within(key)}`),
      '\n',
    );
  }
  const linked = new RecursiveIteratorIterator(
    new RecursiveDirectoryIterator(
      `${root}/b`,
      FilesystemIterator.SKIP_DOTS | FilesystemIterator.FOLLOW_SYMLINKS,
    ),
  );
  echo(
    sorted(linked, (key: Mixed, _entry: Mixed) => within(key)),
    '\n',
  );
  const order: Mixed[] = [];
  for (const entry of values(
    new RecursiveIteratorIterator(
      new RecursiveDirectoryIterator(`${root}/a`, FilesystemIterator.SKIP_DOTS),
      RecursiveIteratorIterator.CHILD_FIRST,
    ),
  )) {
    if (!toBool(entry.isDir()) || entry.getFilename() === 'deep') {
      order.push(entry.getFilename());
    }
  }
  echo(
    compare(array_search('three', order), array_search('deep', order)) < 0
      ? 'the child comes first'
      : 'the child comes last',
    '\n',
  );

  const info = new SplFileInfo(`${root}/a/two.tar.gz`);
  echo(
    info.getFilename(),
    ' ',
    info.getBasename('.gz'),
    ' ',
    info.getExtension(),
    ' ',
    within(info.getPath()),
    ' ',
    info.getSize(),
    ' ',
    info.getMTime(),
    ' ',
    info.getType(),
    '\n',
  );
  echo(
    json_encode([
      info.isFile(),
      info.isDir(),
      info.isLink(),
      info.isReadable(),
      info.isExecutable(),
      info.getRealPath() === realpath(`${root}/a/two.tar.gz`),
    ]),
    '\n',
  );
  const link = new SplFileInfo(`${root}/b/link/`);
  echo(
    json_encode([
      link.isLink(),
      link.isDir(),
      within(link.getLinkTarget()),
      link.getType(),
      link.getExtension(),
    ]),
    '\n',
  );
  const plain = new SplFileInfo('plain');
  echo(json_encode([plain.getPath(), plain.getFilename(), plain.getPathname(), plain.getRealPath()]), '\n');
  try {
    plain.getSize();
  } catch (e) {
    if (!(e instanceof RuntimeException)) throw e;
    echo(get_class(e), ': ', e.getMessage(), '\n');
  }
  try {
    new DirectoryIterator(`${root}/none`);
  } catch (e) {
    if (!(e instanceof UnexpectedValueException)) throw e;
    echo(get_class(e), ': ', str_replace(root, '', e.getMessage()), '\n');
  }
  try {
    new RecursiveDirectoryIterator('');
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const e = caught(error);
    echo(get_class(e), ': ', e.getMessage(), '\n');
  }

  for (const entry of values(
    new RecursiveIteratorIterator(
      new RecursiveDirectoryIterator(root, FilesystemIterator.SKIP_DOTS),
      RecursiveIteratorIterator.CHILD_FIRST,
    ),
  )) {
    if (toBool(entry.isDir()) && !toBool(entry.isLink())) {
      rmdir(entry.getPathname());
    } else {
      unlink(toStr(entry));
    }
  }
  rmdir(root);
  echo(json_encode(file_exists(root)), '\n');
  const nested = { a: 1, b: [2, { c: 3 }] };
  array_walk_recursive_ref(
    nested,
    (value: Ref<number>, _key: Mixed, by: Mixed) => {
      value.value = value.value * by;
    },
    10,
  );
  echo(json_encode(nested), '\n');
}
