// PHP's numbers PDO::ATTR_* that mean something here.
export const ATTR_TIMEOUT = 2;
export const ATTR_ERRMODE = 3;
export const ATTR_STRINGIFY_FETCHES = 17;
export const ATTR_DEFAULT_FETCH_MODE = 19;
/** PDO::ERRMODE_EXCEPTION. */
export const ERRMODE_EXCEPTION = 2;
