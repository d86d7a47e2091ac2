import net from 'node:net';
import type { RequestHead } from '../engine/engine.js';

/**
 * The client's address behind proxies. X-Forwarded-For is believed only as far as it was written by a trusted proxy: the last
 * address in it that is not one itself.
 */
export class ForwardedAddress {
  private readonly trusted = new net.BlockList();

  /** @param proxies addresses or networks: `10.0.0.1`, `10.0.0.0/8`, `fd00::/8` */
  constructor(proxies: readonly string[]) {
    for (const proxy of proxies) {
      const [, address = '', bits] = /^([^/]+)(?:\/(\d+))?$/.exec(proxy) ?? [];
      const version = net.isIP(address);
      if (version === 0 || Number(bits ?? 0) > (version === 6 ? 128 : 32))
        throw new TypeError(`trusted_proxies: '${proxy}' is no IP address or network`);
      const family = version === 6 ? 'ipv6' : 'ipv4';
      if (bits === undefined) this.trusted.addAddress(address, family);
      else this.trusted.addSubnet(address, Number(bits), family);
    }
  }

  /** @param peer the address that the connection itself comes from */
  of(head: RequestHead, peer: string): string {
    if (!this.isTrusted(peer)) return peer;
    const { headers } = head;
    let chain = '';
    for (let i = 0; i < headers.length; i += 2)
      if (headers[i] === 'x-forwarded-for') chain += `${chain === '' ? '' : ','}${headers[i + 1]}`;
    const hops = chain.split(',').map((hop) => hop.trim());
    let client = peer;
    for (let i = hops.length - 1; i >= 0; i--) {
      const hop = hops[i] as string;
      if (net.isIP(hop) === 0) break;
      client = hop;
      if (!this.isTrusted(hop)) break;
    }
    return client;
  }

  private isTrusted(address: string): boolean {
    const version = net.isIP(address);
    return version !== 0 && this.trusted.check(address, version === 6 ? 'ipv6' : 'ipv4');
  }
}
