/** The reasons that go with status codes. */
const PHRASES: ReadonlyMap<number, string> = new Map([
  [100, 'Continue'],
  [101, 'Switching Protocols'],
  [102, 'Processing'],
  [200, 'OK'],
  [201, 'Created'],
  [202, 'Accepted'],
  [203, 'Non-Authoritative Information'],
  [204, 'No Content'],
  [205, 'Reset Content'],
  [206, 'Partial Content'],
  [207, 'Multi-status'],
  [208, 'Already Reported'],
  [226, 'IM Used'],
  [300, 'Multiple Choices'],
  [301, 'Moved Permanently'],
  [302, 'Found'],
  [303, 'See Other'],
  [304, 'Not Modified'],
  [305, 'Use Proxy'],
  [306, 'Switch Proxy'],
  [307, 'Temporary Redirect'],
  [308, 'Permanent Redirect'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [402, 'Payment Required'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [406, 'Not Acceptable'],
  [407, 'Proxy Authentication Required'],
  [408, 'Request Time-out'],
  [409, 'Conflict'],
  [410, 'Gone'],
  [411, 'Length Required'],
  [412, 'Precondition Failed'],
  [413, 'Request Entity Too Large'],
  [414, 'Request-URI Too Large'],
  [415, 'Unsupported Media Type'],
  [416, 'Requested range not satisfiable'],
  [417, 'Expectation Failed'],
  [421, 'Misdirected Request'],
  [422, 'Unprocessable Entity'],
  [423, 'Locked'],
  [424, 'Failed Dependency'],
  [425, 'Unordered Collection'],
  [426, 'Upgrade Required'],
  [428, 'Precondition Required'],
  [429, 'Too Many Requests'],
  [431, 'Request Header Fields Too Large'],
  [451, 'Unavailable For Legal Reasons'],
  [500, 'Internal Server Error'],
  [501, 'Not Implemented'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Time-out'],
  [505, 'HTTP Version not supported'],
  [506, 'Variant Also Negotiates'],
  [507, 'Insufficient Storage'],
  [508, 'Loop Detected'],
  [510, 'Not Extended'],
  [511, 'Network Authentication Required'],
]);

/** HTTP status codes by name, and their reasons. @see Swoole\Http\Status */
export class Status {
  static readonly phpName = 'Swoole\\Http\\Status';
  static readonly CONTINUE = 100;
  static readonly SWITCHING_PROTOCOLS = 101;
  static readonly PROCESSING = 102;
  static readonly OK = 200;
  static readonly CREATED = 201;
  static readonly ACCEPTED = 202;
  static readonly NON_AUTHORITATIVE_INFORMATION = 203;
  static readonly NO_CONTENT = 204;
  static readonly RESET_CONTENT = 205;
  static readonly PARTIAL_CONTENT = 206;
  static readonly MULTI_STATUS = 207;
  static readonly ALREADY_REPORTED = 208;
  static readonly IM_USED = 226;
  static readonly MULTIPLE_CHOICES = 300;
  static readonly MOVED_PERMANENTLY = 301;
  static readonly FOUND = 302;
  static readonly SEE_OTHER = 303;
  static readonly NOT_MODIFIED = 304;
  static readonly USE_PROXY = 305;
  static readonly SWITCH_PROXY = 306;
  static readonly TEMPORARY_REDIRECT = 307;
  static readonly PERMANENT_REDIRECT = 308;
  static readonly BAD_REQUEST = 400;
  static readonly UNAUTHORIZED = 401;
  static readonly PAYMENT_REQUIRED = 402;
  static readonly FORBIDDEN = 403;
  static readonly NOT_FOUND = 404;
  static readonly METHOD_NOT_ALLOWED = 405;
  static readonly NOT_ACCEPTABLE = 406;
  static readonly PROXY_AUTHENTICATION_REQUIRED = 407;
  static readonly REQUEST_TIME_OUT = 408;
  static readonly CONFLICT = 409;
  static readonly GONE = 410;
  static readonly LENGTH_REQUIRED = 411;
  static readonly PRECONDITION_FAILED = 412;
  static readonly REQUEST_ENTITY_TOO_LARGE = 413;
  static readonly REQUEST_URI_TOO_LARGE = 414;
  static readonly UNSUPPORTED_MEDIA_TYPE = 415;
  static readonly REQUESTED_RANGE_NOT_SATISFIABLE = 416;
  static readonly EXPECTATION_FAILED = 417;
  static readonly MISDIRECTED_REQUEST = 421;
  static readonly UNPROCESSABLE_ENTITY = 422;
  static readonly LOCKED = 423;
  static readonly FAILED_DEPENDENCY = 424;
  static readonly UNORDERED_COLLECTION = 425;
  static readonly UPGRADE_REQUIRED = 426;
  static readonly PRECONDITION_REQUIRED = 428;
  static readonly TOO_MANY_REQUESTS = 429;
  static readonly REQUEST_HEADER_FIELDS_TOO_LARGE = 431;
  static readonly UNAVAILABLE_FOR_LEGAL_REASONS = 451;
  static readonly INTERNAL_SERVER_ERROR = 500;
  static readonly NOT_IMPLEMENTED = 501;
  static readonly BAD_GATEWAY = 502;
  static readonly SERVICE_UNAVAILABLE = 503;
  static readonly GATEWAY_TIME_OUT = 504;
  static readonly HTTP_VERSION_NOT_SUPPORTED = 505;
  static readonly VARIANT_ALSO_NEGOTIATES = 506;
  static readonly INSUFFICIENT_STORAGE = 507;
  static readonly LOOP_DETECTED = 508;
  static readonly NOT_EXTENDED = 510;
  static readonly NETWORK_AUTHENTICATION_REQUIRED = 511;

  private constructor() {}

  /** All reasons by their codes. @see Swoole\Http\Status::getReasonPhrases */
  static getReasonPhrases(): Record<number, string> {
    return Object.fromEntries(PHRASES);
  }

  /** The reason that goes with a code, `Unknown` for a code without one. @see Swoole\Http\Status::getReasonPhrase */
  static getReasonPhrase(value: number): string {
    return PHRASES.get(value) ?? 'Unknown';
  }
}
