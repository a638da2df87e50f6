import { fileURLToPath } from 'node:url'
import { Resvg } from '@resvg/resvg-js'
import { BarChart } from 'echarts/charts'
import { GridComponent, TitleComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, GridComponent, TitleComponent, SVGRenderer])

export interface Bars {
  title: string
  /** In their order from the left; a bar without a value leaves its place empty. */
  bars: readonly { label: string; value: number | null; color: string }[]
  /** The top of the scale, and what stands beside its steps; without them the scale is in numbers. */
  maximum: number
  scale?: (value: number) => string
}

/** Points on a telephone's screen. */
const size = { width: 720, height: 420 }
const family = 'Be Vietnam Pro'
const fontFiles = ['400Regular/BeVietnamPro_400Regular.ttf', '600SemiBold/BeVietnamPro_600SemiBold.ttf'].map((file) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/be-vietnam-pro/${file}`)),
)

/** Draws bars as a PNG with letters that Vietnamese needs, whatever fonts the machine has. */
export function drawBars({ title, bars, maximum, scale = String }: Bars): Uint8Array {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: family, fontSize: 17 },
      title: { text: title, left: 'center', textStyle: { fontFamily: family, fontSize: 22, fontWeight: 600 } },
      grid: { left: 20, right: 20, top: 60, bottom: 20, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: { type: 'category', data: bars.map(({ label }) => label), axisLabel: { interval: 0, fontSize: 16 } },
      yAxis: { type: 'value', max: maximum, min: 0, interval: maximum > 10 ? 10 : 1, axisLabel: { formatter: scale } },
      series: [
        {
          type: 'bar',
          data: bars.map(({ value, color }) => ({ value: value ?? '-', itemStyle: { color } })),
          barMaxWidth: 34,
        },
      ],
    })
    const svg = chart.renderToSVGString()
    const font = { fontFiles, loadSystemFonts: false, defaultFontFamily: family }
    return new Uint8Array(new Resvg(svg, { background: 'white', font }).render().asPng())
  } finally {
    chart.dispose()
  }
}
