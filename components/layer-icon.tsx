import { IconBolt, IconEye, IconFingerprint, IconGavel, IconKey, type TablerIcon } from '@tabler/icons-react'
import { type LayerId, layerOf } from '@/lib/layers'

const icons: Record<LayerId, TablerIcon> = {
  identity: IconFingerprint,
  entitlement: IconKey,
  privilege: IconBolt,
  enforcement: IconGavel,
  monitoring: IconEye,
}

/** The glyph of a layer; with `label`, its name beside it. */
export function LayerIcon({ layer, size = 15, label = false }: { layer: LayerId; size?: number; label?: boolean }) {
  const Icon = icons[layer]
  const { title, controlFunction } = layerOf(layer)
  return (
    <span
      style={{
        position: 'relative',
        display: 'inline-flex',
        verticalAlign: 'middle',
        alignItems: 'center',
        gap: 5,
        whiteSpace: 'nowrap',
      }}
      title={controlFunction}
    >
      <Icon size={size} stroke={1.7} aria-hidden style={{ flex: 'none', color: 'var(--p-owned-mark)' }} />
      <span className={label ? undefined : 'visually-hidden'}>{title}</span>
    </span>
  )
}
