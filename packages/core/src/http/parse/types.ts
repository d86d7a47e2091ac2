/** A tree as PHP builds it from names like `a[b][]`: a list where PHP's keys are 0..n-1 in order, else an object. */
export type FormTree<Leaf> = Leaf | FormTree<Leaf>[] | { [key: string]: FormTree<Leaf> };

/** A value of a query string, a form or a cookie. Objects have no prototype. */
export type FormValue = string | FormValue[] | { [key: string]: FormValue };

/** What PHP has in `$_GET`, `$_POST` or `$_COOKIE`: an object without a prototype. */
export interface FormData {
  [key: string]: FormValue;
}

/** One uploaded file, with the keys in Swoole's order. */
export interface UploadedFile {
  /** The part's Content-Type as sent, empty when there was none. */
  type: string;
  /** Path of the temporary file; empty when {@link error} is not 0. */
  tmp_name: string;
  /** In bytes. */
  size: number;
  /** As the client sent it: never a path to trust. */
  name: string;
  /** PHP's UPLOAD_ERR_* number: 0 ok, 4 no file was chosen, 6 no temporary directory, 7 cannot write. */
  error: number;
}

/** Files by field name; with `http_parse_files` the innermost values are the entry's strings and numbers instead. */
export type FileValue = UploadedFile | string | number | FileValue[] | { [key: string]: FileValue };

/** What `request.files` holds: an object without a prototype. */
export interface FileData {
  [key: string]: FileValue;
}
