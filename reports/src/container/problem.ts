/** What can be wrong with a container. All are the sender's matter; errors of the source itself are passed on as they are. */
export type ContainerCode =
  /** The bytes end before the container does. */
  | "cut_off"
  /** The content was named as gzip (or the like), or taken for a ZIP archive, and is none. */
  | "wrong_encoding"
  /** Compressed data, or the headers around them, are wrong. */
  | "damaged"
  /** The content came out whole, and something stands behind the compressed data. */
  | "trailing_bytes"
  /** More came out than is taken. */
  | "too_large"
  /** More came out than so many times what went in: a bomb. */
  | "ratio_exceeded"
  /** Very much went in and next to nothing came out. */
  | "holds_nothing"
  /** More members, frames or files than are read. */
  | "too_many"
  /** The content came out, and its checksum or its size is not the announced one. */
  | "checksum_mismatch"
  | "size_mismatch"
  /** The archive's directory cannot be read to its end. */
  | "directory_unreadable"
  | "encrypted"
  | "method_unknown"
  /** Its bytes are other files' bytes too, as in archives that are made to fill memories. */
  | "overlapping"
  | "archive_in_archive";

/** Why a container, or one file of an archive, is not read or not read further. The message is for people and names no file. */
export class ContainerProblem extends Error {
  override readonly name = "ContainerProblem";
  readonly code: ContainerCode;

  constructor(code: ContainerCode, message: string) {
    super(message);
    this.code = code;
  }
}
