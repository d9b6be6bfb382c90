import { Writable } from "node:stream";
import type { ReactNode } from "react";
import { renderToPipeableStream } from "react-dom/server";

/**
 * The HTML of a page, once all of its parts are there.
 *
 * @throws what a part of it throws, also Next's redirects
 */
export function renderPage(page: ReactNode): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    const whole = new Writable({
      write(piece: Buffer, _, done) {
        pieces.push(piece);
        done();
      },
      final(done) {
        resolve(Buffer.concat(pieces).toString());
        done();
      },
    });
    const rendering = renderToPipeableStream(page, {
      onError: reject,
      onAllReady: () => void rendering.pipe(whole),
    });
  });
}
