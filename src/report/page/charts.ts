/**
 * The report's charts as SVG texts: drawn on the server by ECharts, no script in the page.
 *
 * In:  counts and a language. Out: SVG without style attributes, so that the page's policy can forbid inline styles, and
 * the same bytes for the same counts. Small cells are left out by the caller. Colours are told apart in grey print too.
 */
import { countText } from '../../display-text.ts'
import type { EChartsOption } from 'echarts'
import { init } from 'echarts'
import { type AgeBand, bandText } from './age-bands.ts'
import type { Flow, ReportData } from './report-data.ts'
import { SMALL_CELL } from './suppression.ts'

export type Language = 'zh' | 'en'

const INK = '#1f2933'
const GREY = '#7b8794'
const LINE = '#d5dbe1'
const BLUE = '#2f6f9f'
const ORANGE = '#d98032'

const BASE: EChartsOption = {
  animation: false,
  textStyle: { fontFamily: 'sans-serif', color: INK, fontSize: 12 },
  // Room at the right: the words are wider in a browser than they are reckoned here.
  legend: { top: 0, right: 24, itemWidth: 12, itemHeight: 10, textStyle: { color: INK, fontSize: 12 } },
}

const LOG_AXIS_FROM = 0.7

/** Bars of whole bits: links filled, pairs for review beside them; dashed lines where the decision changes. */
export function weightHistogram(
  weights: ReportData['summary']['links']['weights'],
  thresholds: ReportData['thresholds'],
  language: Language,
): string {
  const zh = language === 'zh'
  const bits = range(Math.min(...weights.map(([bit]) => bit)), Math.max(...weights.map(([bit]) => bit)) + 1)
  const of = new Map(weights.map(([bit, link, review]) => [bit, { link, review }]))
  const series = (name: string, color: string, pick: (bin: { link: number; review: number }) => number) => ({
    name,
    type: 'bar' as const,
    barGap: '0%',
    barCategoryGap: '12%',
    itemStyle: { color },
    // A logarithmic axis has no nought.
    data: bits.map((bit) => pick(of.get(bit) ?? { link: 0, review: 0 }) || '-'),
  })
  const link = series(zh ? '判为同一人' : 'link', BLUE, (bin) => bin.link)
  const marks = thresholds === undefined ? [] : thresholdMarks(thresholds, bits, zh)
  return draw(`weights-${language}`, 760, 300, {
    ...BASE,
    grid: { left: 76, right: 16, top: 34, bottom: 46 },
    xAxis: {
      type: 'category',
      data: bits.map(String),
      name: zh ? '匹配权重（log2）' : 'match weight (log2)',
      nameLocation: 'middle',
      nameGap: 28,
      axisLine: { lineStyle: { color: GREY } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'log',
      // On a logarithmic axis that begins with one, a bar of one pair has no height.
      min: LOG_AXIS_FROM,
      startValue: LOG_AXIS_FROM,
      name: zh ? '记录对（对数）' : 'pairs (log)',
      splitLine: { lineStyle: { color: LINE } },
      axisLabel: { formatter: (value: number) => (value < 1 ? '' : numberText(value)) },
    },
    series: [
      {
        ...link,
        markLine: {
          symbol: 'none',
          silent: true,
          lineStyle: { type: 'dashed', color: INK },
          // To the right of its line: to the left of the first bar stand the numbers of the axis.
          label: { color: INK, fontSize: 11, position: 'insideEndBottom' },
          data: marks,
        },
      },
      series(zh ? '待人工审核' : 'for review', ORANGE, (bin) => bin.review),
    ],
  })
}

function thresholdMarks(thresholds: { readonly link: number; readonly review: number }, bits: number[], zh: boolean) {
  return [
    { at: thresholds.link, text: zh ? '同一人' : 'link' },
    { at: thresholds.review, text: zh ? '审核' : 'review' },
  ]
    .map(({ at, text }) => ({ bit: Math.floor(at / 1000), text: `${text} ≥ ${(at / 1000).toFixed(1)}` }))
    .filter(({ bit }) => bits.includes(bit))
    .map(({ bit, text }) => ({ xAxis: String(bit), label: { formatter: text } }))
}

/** Men to the left, women to the right; a band below the limit is not drawn and said so in its place. */
export function missingPyramid(bands: readonly AgeBand[], language: Language): string {
  const zh = language === 'zh'
  const shown = (count: number) => (count > 0 && count < SMALL_CELL ? 0 : count)
  const largest = roundUp(1.15 * Math.max(SMALL_CELL, ...bands.flatMap(({ male, female }) => [male, female])))
  const side = (name: string, color: string, sign: 1 | -1, pick: (band: AgeBand) => number) => ({
    name,
    type: 'bar' as const,
    // One behind the other: a stack would set the sign of a hidden cell on the bar of the other sex.
    barGap: '-100%',
    barCategoryGap: '18%',
    itemStyle: { color },
    data: bands.map((band) => ({
      value: sign * shown(pick(band)),
      label: {
        show: pick(band) > 0,
        position: (sign < 0 ? 'left' : 'right') as 'left' | 'right',
        formatter: pick(band) < SMALL_CELL ? `<${SMALL_CELL}` : numberText(pick(band)),
        color: INK,
        fontSize: 10,
      },
    })),
  })
  return draw(`missing-${language}`, 760, Math.max(180, 70 + bands.length * 17), {
    ...BASE,
    grid: { left: 58, right: 24, top: 34, bottom: 40 },
    xAxis: {
      type: 'value',
      min: -largest,
      max: largest,
      name: zh ? '人数' : 'persons',
      nameLocation: 'middle',
      nameGap: 24,
      axisLabel: { formatter: (value: number) => numberText(Math.round(Math.abs(value))), hideOverlap: true },
      splitLine: { lineStyle: { color: LINE } },
    },
    yAxis: {
      type: 'category',
      data: bands.map(bandText),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: GREY } },
      axisLabel: { fontSize: 10, interval: 0 },
    },
    series: [
      side(zh ? '男' : 'men', BLUE, -1, (band) => band.male),
      side(zh ? '女' : 'women', ORANGE, 1, (band) => band.female),
    ],
  })
}

const FLOWS_MAX = 30

/** The largest flows as a two-sided Sankey: hukou township on the left, township of residence on the right; by name where it has one. */
export function flowChart(
  flows: readonly Flow[],
  townshipNames: ReadonlyMap<string, string>,
  language: Language,
): string {
  const zh = language === 'zh'
  const top = flows.filter(({ present }) => present >= SMALL_CELL).slice(0, FLOWS_MAX)
  const nameOf = (code: string) => townshipNames.get(code) ?? code
  // Codes tell townships apart: names are what is shown of them.
  const left = (code: string) => `from ${code}`
  const right = (code: string) => `to ${code}`
  const nodes = [
    ...[...new Set(top.map(({ from }) => from))].map((code) => ({
      name: left(code),
      shown: `${zh ? '户籍' : 'hukou'} ${nameOf(code)}`,
      position: 'left' as const,
    })),
    ...[...new Set(top.map(({ to }) => to))].map((code) => ({
      name: right(code),
      shown: `${zh ? '现住' : 'lives in'} ${nameOf(code)}`,
      position: 'right' as const,
    })),
  ]
  const rows = Math.max(new Set(top.map(({ from }) => from)).size, new Set(top.map(({ to }) => to)).size)
  return draw(`flows-${language}`, 760, Math.min(720, 60 + rows * 34), {
    ...BASE,
    series: [
      {
        type: 'sankey',
        left: 130,
        right: 140,
        top: 12,
        bottom: 12,
        nodeWidth: 10,
        nodeGap: 10,
        layoutIterations: 0,
        draggable: false,
        itemStyle: { color: BLUE },
        lineStyle: { color: 'source', opacity: 0.28 },
        label: { color: INK, fontSize: 11 },
        data: nodes.map(({ name, shown, position }, i) => ({
          name,
          label: { position, formatter: () => shown },
          itemStyle: { color: PALETTE[i % PALETTE.length] },
        })),
        links: top.map(({ from, to, present }) => ({ source: left(from), target: right(to), value: present })),
      },
    ],
  })
}

const PALETTE = [BLUE, ORANGE, '#5b8c5a', '#8a5a9e', '#b5493f', '#4aa0a8', '#8f7a3d', '#596b7d']

export const BLOCKS_SHOWN = 15

/** 普查小区 with most to check. */
export function blockChart(blocks: ReportData['blocks'], language: Language): string {
  const zh = language === 'zh'
  const top = blocks.slice(0, BLOCKS_SHOWN)
  return draw(`blocks-${language}`, 760, 60 + top.length * 20, {
    ...BASE,
    grid: { left: 134, right: 48, top: 10, bottom: 40 },
    xAxis: {
      type: 'value',
      name: zh ? '问题数' : 'findings',
      nameLocation: 'middle',
      nameGap: 24,
      splitLine: { lineStyle: { color: LINE } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: top.map(({ block }) => block),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: GREY } },
      axisLabel: { fontSize: 11, interval: 0 },
    },
    series: [
      {
        type: 'bar',
        barCategoryGap: '25%',
        itemStyle: { color: BLUE },
        label: { show: true, position: 'right', color: INK, fontSize: 11 },
        data: top.map(({ findings }) => findings),
      },
    ],
  })
}

function draw(name: string, width: number, height: number, option: EChartsOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  chart.setOption(option)
  const svg = chart.renderToSVGString()
  chart.dispose()
  return plainSvg(svg, name, width, height)
}

/** Style attributes become presentation attributes; ids do not depend on what was drawn before in this process. */
function plainSvg(svg: string, name: string, width: number, height: number): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ class="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_, text: string) => presentationAttributes(text))
    .replace(/ (ecmeta_[a-z_]+|data-[a-z-]+)="[^"]*"/g, '')
    .replace(/zr\d+-/g, `${name}-`)
    .replace(
      /^<svg[^>]*>/,
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" aria-hidden="true">`,
    )
}

function presentationAttributes(text: string): string {
  return text
    .split(';')
    .flatMap((declaration) => {
      const [name, ...value] = declaration.split(':')
      return value.length === 0 || !/^(font-size|font-weight|fill|stroke|opacity|text|dominant)/.test(name.trim())
        ? []
        : [` ${name.trim()}="${value.join(':').trim()}"`]
    })
    .join('')
}

export function numberText(value: number): string {
  return countText(Math.round(value))
}

/** 1, 2 or 5 times a power of ten: the axis ends on a grid line. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return power * ([1, 2, 5].find((step) => step * power >= value) ?? 10)
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}
