import * as php from '../../src/index.js';
import { echo, PDO, PDOException, type PDOStatement, ref, var_dump } from '../../src/index.js';

class User {
  id: unknown = null;
  name: unknown = null;
  tag = 'new';
}
php.define_class('User', User);

const told = async (work: () => unknown): Promise<PDOException> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof PDOException) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

export async function main(): Promise<void> {
  const pdo = new PDO('sqlite::memory:');
  const query = async (sql: string, ...more: [] | [number]): Promise<PDOStatement> =>
    (await pdo.query(sql, ...more)) as PDOStatement;
  pdo.setAttribute(PDO.ATTR_ERRMODE, PDO.ERRMODE_EXCEPTION);
  var_dump(
    await pdo.exec(
      'CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, age INTEGER, score REAL)',
    ),
  );
  const insert = pdo.prepare('INSERT INTO users (name, age, score) VALUES (?, ?, ?)');
  var_dump(await insert.execute(['Ann', 30, 1.5]), pdo.lastInsertId(), insert.rowCount());
  const named = pdo.prepare('INSERT INTO users (name, age, score) VALUES (:name, :age, :score)');
  named.bindValue(':name', "O'Brien ü");
  named.bindValue('age', '41', PDO.PARAM_INT);
  const score = ref(0.25);
  named.bindParam(':score', score);
  score.value = 2.75;
  var_dump(await named.execute(), pdo.lastInsertId());
  var_dump(await named.execute({ ':name': 'Zed', ':age': null, ':score': 0 }));
  const all = await query('SELECT * FROM users ORDER BY id');
  const obj = [
    all.columnCount(),
    all.fetch(PDO.FETCH_ASSOC),
    all.fetch(PDO.FETCH_NUM),
    all.fetch(PDO.FETCH_OBJ),
    all.fetch(),
  ];
  // A whole float is an int to JavaScript: PHP shows score as a float.
  obj[3].score = php.float(0);
  var_dump(...obj);
  var_dump((await query('SELECT id, name FROM users WHERE id = 1')).fetch());
  var_dump((await query('SELECT name FROM users ORDER BY name')).fetchAll(PDO.FETCH_COLUMN));
  var_dump((await query('SELECT id, name FROM users')).fetchAll(PDO.FETCH_KEY_PAIR));
  var_dump(
    (await query('SELECT age > 35 AS old, name FROM users ORDER BY id')).fetchAll(
      PDO.FETCH_GROUP | PDO.FETCH_COLUMN,
    ),
  );
  var_dump((await query('SELECT id, name FROM users LIMIT 2')).fetchAll(PDO.FETCH_CLASS, 'User'));
  var_dump(
    (await query('SELECT count(*) FROM users')).fetchColumn(),
    (await query('SELECT 1 WHERE 0')).fetchColumn(),
  );
  for (const row of await query('SELECT name FROM users ORDER BY id', PDO.FETCH_ASSOC))
    echo(php.json_encode(row), '\n');
  pdo.setAttribute(PDO.ATTR_DEFAULT_FETCH_MODE, PDO.FETCH_ASSOC);
  var_dump(
    (await query(`SELECT id FROM users WHERE name = ${pdo.quote("O'Brien ü")}`)).fetch(),
    pdo.quote("a'b"),
  );
  await pdo.beginTransaction();
  var_dump(
    pdo.inTransaction(),
    await pdo.exec('UPDATE users SET age = age + 1 WHERE age IS NOT NULL'),
    await pdo.rollBack(),
    pdo.inTransaction(),
  );
  await pdo.beginTransaction();
  await pdo.exec("DELETE FROM users WHERE name = 'Zed'");
  var_dump(await pdo.commit(), (await query('SELECT sum(age) FROM users')).fetchColumn());
  for (const work of [() => pdo.query('SELECT * FROM nope'), () => insert.execute(['Ann', 1, 1])]) {
    const e = await told(work);
    var_dump(e.getMessage(), e.getCode(), e.errorInfo);
  }
  var_dump((await told(() => pdo.commit())).getMessage());
  pdo.setAttribute(PDO.ATTR_ERRMODE, PDO.ERRMODE_SILENT);
  var_dump(await pdo.exec('nonsense'), pdo.errorCode(), pdo.errorInfo());
  var_dump((await told(() => new PDO('nope:x'))).getMessage());
  const like = pdo.prepare(
    "SELECT name FROM users WHERE name LIKE :q OR name = ':not a place' -- ?\n ORDER BY name",
  );
  await like.execute({ q: '%n%' });
  var_dump(like.fetchAll(PDO.FETCH_COLUMN, 0), pdo.getAttribute(PDO.ATTR_DRIVER_NAME));
  await pdo.close();
}
