import type { ClientTlsSettings } from './tls-settings.js';

/** How a client connects. */
export interface ConnectSettings extends ClientTlsSettings {
  open_tcp_nodelay?: boolean;
  /** Where to connect from. */
  bind_address?: string;
  bind_port?: number;
  /** A SOCKS 5 proxy to connect through: it looks the server's name up. */
  socks5_host?: string;
  socks5_port?: number;
  /** At most 250 bytes, like the password. */
  socks5_username?: string;
  socks5_password?: string;
  /** An HTTP proxy to connect through. */
  http_proxy_host?: string;
  http_proxy_port?: number;
  http_proxy_username?: string;
  /** The same as http_proxy_username. */
  http_proxy_user?: string;
  http_proxy_password?: string;
}
