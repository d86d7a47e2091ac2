import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { frame, TEXT } from '../hostile/raw.js';
import { type Client, get } from './client.js';
import { accept } from './programs.js';
import type { Program } from './recorder.js';
import { type Contract, certificate, serve } from './serve.js';

const both: Program = {
  whole: (exchange, body) => {
    if (exchange.head.headers.includes('sec-websocket-key')) accept(exchange);
    else
      exchange.respond('200 OK', [], exchange.head.path === '/big' ? Buffer.alloc(3_000_000, 'tls') : body);
  },
  message: (connection, data) => {
    connection.send(new Uint8Array(data.slice(0)), TEXT, true, false);
  },
};

const nameOf = (client: Client): unknown => (client.socket as TLSSocket).getPeerCertificate().subject.CN;

export function tls(contract: Contract): void {
  describe('a port with a certificate', () => {
    test('serves HTTP and WebSockets', () =>
      serve(
        contract,
        both,
        async (serving) => {
          const ca = fs.readFileSync(certificate('a').certFile);
          const client = await serving.client({ ca });
          expect(nameOf(client)).toBe('a.contract.test');
          client.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi');
          expect((await client.answer()).body.toString()).toBe('hi');
          client.write(get('/big'));
          expect((await client.answer()).body.equals(Buffer.alloc(3_000_000, 'tls'))).toBe(true);
          await client.upgrade();
          for (const text of ['short', 'l'.repeat(500_000)]) {
            client.write(frame(TEXT, text));
            expect((await client.text()) === text).toBe(true);
          }
          expect(serving.books.connects.length).toBe(1);
        },
        { tls: certificate('a') },
      ));

    test('closes in the connect report, and peers that speak no TLS, without harm', () =>
      serve(
        contract,
        {
          ...both,
          connect: (connection) => {
            if (++connects === 1) connection.close();
          },
        },
        async (serving) => {
          await expect(serving.client()).rejects.toThrow();
          const { Client: Plain } = await import('./client.js');
          const plain = serving.adopt(await Plain.connect({ port: serving.port, host: '127.0.0.1' }));
          plain.write(get('/plain'));
          await plain.closed();
          const client = await serving.client();
          client.write(get('/'));
          expect((await client.answer()).status).toBe(200);
          expect(serving.books.requests.length).toBe(1);
        },
        { tls: certificate('a') },
      ));
    let connects = 0;

    test('whose files are missing is refused when it is made or when it listens', async () => {
      const missing = { certFile: '/nonexistent.crt', keyFile: '/nonexistent.key' };
      await expect(serve(contract, both, async () => {}, { tls: missing })).rejects.toThrow();
    });

    test.runIf(contract.capabilities.reload)(
      'takes a new one for new connections, and old ones go on',
      () => {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'contract-'));
        const tlsFiles = { certFile: path.join(folder, 'crt'), keyFile: path.join(folder, 'key') };
        const put = (name: 'a' | 'b') => {
          fs.copyFileSync(certificate(name).certFile, tlsFiles.certFile);
          fs.copyFileSync(certificate(name).keyFile, tlsFiles.keyFile);
        };
        put('a');
        return serve(
          contract,
          both,
          async (serving) => {
            const old = await serving.socket();
            const idle = await serving.client();
            idle.write(get('/'));
            await idle.answer();
            const silent = await serving.client();
            expect(nameOf(old)).toBe('a.contract.test');
            put('b');
            serving.engine.reloadCertificate();
            const fresh = await serving.client();
            expect(nameOf(fresh)).toBe('b.contract.test');
            put('a');
            serving.engine.reloadCertificate();
            const third = await serving.client();
            expect(nameOf(third)).toBe('a.contract.test');
            for (const client of [idle, silent, fresh, third]) {
              client.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi');
              expect((await client.answer()).body.toString()).toBe('hi');
            }
            old.write(frame(TEXT, 'still here'));
            expect(await old.text()).toBe('still here');
            for (const client of [silent, fresh]) {
              await client.upgrade();
              client.write(frame(TEXT, 'me too'));
              expect(await client.text()).toBe('me too');
            }
            expect(serving.books.connects.length).toBe(5);
            expect(serving.books.closes).toEqual([]);
            serving.engine.stopListening();
            await expect(serving.client()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
          },
          { tls: tlsFiles },
        ).finally(() => fs.rmSync(folder, { recursive: true }));
      },
    );
  });
}
