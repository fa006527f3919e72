import type { EChartsCoreOption } from 'echarts/core';
// One file. The modular build is hundreds of files, and loading them takes longer than drawing.
import { init } from 'echarts/dist/echarts.esm.min.mjs';

export type Option = EChartsCoreOption;

/** A drawing in pixels; `name` keeps its ids unique on the page. */
export interface Canvas {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/**
 * The library numbers its clip paths and classes consecutively within a process, but a page must
 * have the same bytes regardless of earlier drawings. Script hints and hover styles are not needed
 * here.
 */
const normalised = (svg: string, { name, width, height }: Canvas): string =>
  svg
    .replaceAll(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replaceAll(/ (?:class|ecmeta_\w+|pointer-events|xmlns:xlink|version|baseProfile)="[^"]*"/g, '')
    .replaceAll(/font-family:[^;"]*;?/g, '')
    .replaceAll(/zr\d+-/g, `${name}-`)
    .replaceAll(/>\s+</g, '><')
    .replace(
      /^<svg [^>]*>(?:<rect [^>]*fill="none"[^>]*><\/rect>)?/,
      () =>
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    )
    .trim();

/** The SVG of an option: the same bytes for the same input. */
export const renderChart = (canvas: Canvas, option: Option): string => {
  const { width, height } = canvas;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, silent: true, ...option });
    return normalised(chart.renderToSVGString(), canvas);
  } finally {
    chart.dispose();
  }
};
