import { layOut } from './layout'
import type { LayoutInput } from './layout-model'

// Off the thread that draws: laying out takes its time.
self.onmessage = ({ data }: MessageEvent<LayoutInput>) => self.postMessage(layOut(data))
