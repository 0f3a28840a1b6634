/** Keeps the newest message in sight, unless the person has scrolled up to read older ones. */

const nearPx = 60;
let shown = '';

function pane(): HTMLElement | null {
  return document.querySelector<HTMLElement>('.scroller');
}

/** Call before drawing; call what it returns after drawing, with the name of the place that is shown. */
export function keepDown(): (place: string) => void {
  const before = pane();
  const wasDown = !before || before.scrollHeight - before.scrollTop - before.clientHeight < nearPx;
  return (place) => {
    const now = pane();
    if (!now) return;
    if (place.endsWith('/home')) {
      if (place !== shown) now.scrollTop = 0;
    } else if (wasDown || place !== shown) now.scrollTop = now.scrollHeight;
    shown = place;
  };
}
