import { type LayoutInput, layOut } from './layout'

// Off the thread that draws: hundreds of agents take a second to lay out.
self.onmessage = ({ data }: MessageEvent<LayoutInput>) => self.postMessage(layOut(data))
