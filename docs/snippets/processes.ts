// Run by docs/test/processes.test.ts.
import { createHash } from 'node:crypto';
import * as Swoole from 'swoole-ts';

const { Process } = Swoole;

// #region basics
const worker = new Process(async (process) => {
  const text = await process.read();
  process.write(
    createHash('sha256')
      .update(text || '')
      .digest('hex'),
  );
  process.exit(3);
});
const pid = worker.start();

worker.write('work');
const result = String(await worker.read());
const status = await Process.wait();
// #endregion basics

if (Swoole.isMaster && status) {
  console.log(result);
  console.log(status.pid === pid, status.code, status.signal);
}

// #region signals
const patient = new Process((process) => {
  Process.signal(15, () => {
    process.write('I was asked to end');
    process.exit(0);
  });
  process.write('ready');
  setInterval(() => {}, 1000);
});
const patientPid = patient.start();
if (patientPid !== false) {
  await patient.read();
  Process.kill(patientPid, 15);
}
const farewell = String(await patient.read());
// #endregion signals

if (Swoole.isMaster) console.log(farewell);

// #region exec
const program = new Process((process) => {
  process.exec('/bin/sh', ['-c', 'echo "I am a shell"']);
}, true);
program.start();
const printed = String(await program.read());
// #endregion exec

if (Swoole.isMaster) console.log(printed.trim());
