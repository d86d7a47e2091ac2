import net from 'node:net';
export default async function ({ port, port2, log, Wire }) {
  const echo = net.createServer((s) => s.on('error', () => {}).on('data', (d) => (d.toString() === 'bye' ? s.end('bye bye') : s.write(d))));
  await new Promise((done) => echo.listen(port2, '127.0.0.1', done));
  const w = await Wire.connect(port);
  w.write('go');
  const got = await w.readTo('end\n', 10000);
  for (const line of String(got).trim().split('\n')) log(line);
  w.end();
  echo.close();
}
