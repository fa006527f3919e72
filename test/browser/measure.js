// Evaluated in the page: what every chart that is shown consists of, and what is wrong with it.
(() => {
  const TOLERANCE = 1;
  const boxOf = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom, text: element.textContent };
  };
  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > TOLERANCE &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > TOLERANCE;
  const within = (inner, outer) =>
    inner.left >= outer.left - TOLERANCE &&
    inner.right <= outer.right + TOLERANCE &&
    inner.top >= outer.top - TOLERANCE &&
    inner.bottom <= outer.bottom + TOLERANCE;

  const chartOf = (svg) => {
    const frame = boxOf(svg);
    const texts = [...svg.querySelectorAll('text')].map(boxOf).filter(({ text }) => text !== '');
    const problems = [];
    texts.forEach((one, at) => {
      if (!within(one, frame)) problems.push(`“${one.text}” leaves the chart`);
      for (const other of texts.slice(at + 1))
        if (overlap(one, other)) problems.push(`“${one.text}” overlaps “${other.text}”`);
    });
    const filled = [...svg.querySelectorAll('path, rect, circle, polyline')].filter((mark) => {
      const { width, height } = mark.getBoundingClientRect();
      return width + height > 0 && mark.closest('defs') === null;
    });
    const axes = texts.filter(({ text }) => /\d/.test(text)).length;
    const name = svg.closest('figure')?.id ?? '';
    if (frame.right > window.innerWidth + TOLERANCE)
      problems.push('the chart is wider than the page');
    return {
      name,
      label: svg.getAttribute('aria-label') ?? '',
      marks: filled.length,
      axes,
      texts: texts.length,
      problems,
    };
  };

  const charts = [...document.querySelectorAll('svg.chart')].filter(
    (svg) => getComputedStyle(svg).display !== 'none',
  );
  return {
    charts: charts.map(chartOf),
    frames: [...document.querySelectorAll('.frame')].map(({ textContent }) => textContent),
    figures: document.querySelectorAll('figure').length,
    overflow: document.documentElement.scrollWidth - window.innerWidth,
  };
})();
