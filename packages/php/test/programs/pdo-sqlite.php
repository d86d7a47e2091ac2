<?php
class User { public $id; public $name; public $tag = 'new'; }
$pdo = new PDO('sqlite::memory:');
$pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
var_dump($pdo->exec('CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, age INTEGER, score REAL)'));
$insert = $pdo->prepare('INSERT INTO users (name, age, score) VALUES (?, ?, ?)');
var_dump($insert->execute(['Ann', 30, 1.5]), $pdo->lastInsertId(), $insert->rowCount());
$named = $pdo->prepare('INSERT INTO users (name, age, score) VALUES (:name, :age, :score)');
$named->bindValue(':name', "O'Brien ü");
$named->bindValue('age', '41', PDO::PARAM_INT);
$score = 0.25;
$named->bindParam(':score', $score);
$score = 2.75;
var_dump($named->execute(), $pdo->lastInsertId());
var_dump($named->execute([':name' => 'Zed', ':age' => null, ':score' => 0]));
$all = $pdo->query('SELECT * FROM users ORDER BY id');
var_dump($all->columnCount(), $all->fetch(PDO::FETCH_ASSOC), $all->fetch(PDO::FETCH_NUM), $all->fetch(PDO::FETCH_OBJ), $all->fetch());
var_dump($pdo->query('SELECT id, name FROM users WHERE id = 1')->fetch());
var_dump($pdo->query('SELECT name FROM users ORDER BY name')->fetchAll(PDO::FETCH_COLUMN));
var_dump($pdo->query('SELECT id, name FROM users')->fetchAll(PDO::FETCH_KEY_PAIR));
var_dump($pdo->query('SELECT age > 35 AS old, name FROM users ORDER BY id')->fetchAll(PDO::FETCH_GROUP | PDO::FETCH_COLUMN));
var_dump($pdo->query('SELECT id, name FROM users LIMIT 2')->fetchAll(PDO::FETCH_CLASS, 'User'));
var_dump($pdo->query('SELECT count(*) FROM users')->fetchColumn(), $pdo->query('SELECT 1 WHERE 0')->fetchColumn());
foreach ($pdo->query('SELECT name FROM users ORDER BY id', PDO::FETCH_ASSOC) as $row) echo json_encode($row), "\n";
$pdo->setAttribute(PDO::ATTR_DEFAULT_FETCH_MODE, PDO::FETCH_ASSOC);
var_dump($pdo->query('SELECT id FROM users WHERE name = ' . $pdo->quote("O'Brien ü"))->fetch(), $pdo->quote("a'b"));
$pdo->beginTransaction();
var_dump($pdo->inTransaction(), $pdo->exec("UPDATE users SET age = age + 1 WHERE age IS NOT NULL"), $pdo->rollBack(), $pdo->inTransaction());
$pdo->beginTransaction();
$pdo->exec("DELETE FROM users WHERE name = 'Zed'");
var_dump($pdo->commit(), $pdo->query('SELECT sum(age) FROM users')->fetchColumn());
try { $pdo->query('SELECT * FROM nope'); } catch (PDOException $e) { var_dump($e->getMessage(), $e->getCode(), $e->errorInfo); }
try { $insert->execute(['Ann', 1, 1]); } catch (PDOException $e) { var_dump($e->getMessage(), $e->getCode(), $e->errorInfo); }
try { $pdo->commit(); } catch (PDOException $e) { var_dump($e->getMessage()); }
$pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_SILENT);
var_dump($pdo->exec('nonsense'), $pdo->errorCode(), $pdo->errorInfo());
try { new PDO('nope:x'); } catch (PDOException $e) { var_dump($e->getMessage()); }
$in = $pdo->prepare("SELECT name FROM users WHERE name LIKE :q OR name = ':not a place' -- ?\n ORDER BY name");
$in->execute(['q' => '%n%']);
var_dump($in->fetchAll(PDO::FETCH_COLUMN, 0), $pdo->getAttribute(PDO::ATTR_DRIVER_NAME));
