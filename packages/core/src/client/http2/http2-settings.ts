import type { ClientHttp2Session } from 'node:http2';

/** The settings of one side of a connection (RFC 9113, section 6.5.2). */
export interface Http2Settings {
  header_table_size: number;
  init_window_size: number;
  max_concurrent_streams: number;
  max_frame_size: number;
  max_header_list_size: number;
}

const UNLIMITED = 0xffffffff;

/** What this side says: the defaults of HTTP/2. */
export const LOCAL: Http2Settings = {
  header_table_size: 4096,
  init_window_size: 65535,
  max_concurrent_streams: UNLIMITED,
  max_frame_size: 16384,
  max_header_list_size: UNLIMITED,
};

/** Before there is a connection. */
export const NONE: Http2Settings = {
  header_table_size: 0,
  init_window_size: 0,
  max_concurrent_streams: 0,
  max_frame_size: 0,
  max_header_list_size: 0,
};

/** What the other side has said; the defaults of HTTP/2 until then. */
export function remoteSettings({ remoteSettings: said }: ClientHttp2Session): Http2Settings {
  return {
    header_table_size: said.headerTableSize ?? LOCAL.header_table_size,
    init_window_size: said.initialWindowSize ?? LOCAL.init_window_size,
    max_concurrent_streams: said.maxConcurrentStreams ?? LOCAL.max_concurrent_streams,
    max_frame_size: said.maxFrameSize ?? LOCAL.max_frame_size,
    max_header_list_size: said.maxHeaderListSize ?? LOCAL.max_header_list_size,
  };
}
