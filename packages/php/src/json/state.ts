/** What `json_last_error()` tells. */
export const json = { error: 0 };

/** What `json_last_error_msg()` tells, by number. */
export const MESSAGES: readonly string[] = [
  'No error',
  'Maximum stack depth exceeded',
  'State mismatch (invalid or malformed JSON)',
  'Control character error, possibly incorrectly encoded',
  'Syntax error',
  'Malformed UTF-8 characters, possibly incorrectly encoded',
  'Recursion detected',
  'Inf and NaN cannot be JSON encoded',
  'Type is not supported',
  'The decoded property name is invalid',
  'Single unpaired high surrogate in Unicode escape',
  'Non-backed enums have no default serialization',
];
