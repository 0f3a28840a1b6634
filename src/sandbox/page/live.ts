/** A server-sent stream that is kept open for as long as the page lives. */

const retryMs = 2000;

/** What to do as a stream goes on; `lost` until the next `changed`. */
interface Listener {
  changed: () => void;
  lost: () => void;
}

/**
 * Follows a stream; the browser reconnects by itself after a break, but gives up after an error answer, so that
 * is tried again here. Returns how to stop.
 */
export function follow(open: () => EventSource, listener: Listener): () => void {
  let stopped = false;
  let source: EventSource;
  const start = () => {
    if (stopped) return;
    source = open();
    source.onopen = listener.changed;
    source.onmessage = listener.changed;
    source.onerror = () => {
      listener.lost();
      if (source.readyState === EventSource.CLOSED) setTimeout(start, retryMs);
    };
  };
  start();
  return () => {
    stopped = true;
    source.close();
  };
}
