import dgram from 'node:dgram';
export default async function ({ port, port2, log, Wire }) {
  const udp = dgram.createSocket('udp4').on('message', (m, from) => m.toString() === 'silence' || udp.send(`got ${m}`, from.port, from.address));
  await new Promise((done) => udp.bind(port2, '127.0.0.1', done));
  const w = await Wire.connect(port);
  w.write('go');
  const got = await w.readTo('end\n', 6000);
  for (const line of String(got).trim().split('\n')) log(line);
  w.end();
  udp.close();
}
