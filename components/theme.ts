import {
  ActionIcon,
  Anchor,
  Badge,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Input,
  InputWrapper,
  Loader,
  type MantineColorsTuple,
  Menu,
  Modal,
  MultiSelect,
  NumberInput,
  PasswordInput,
  Popover,
  Radio,
  Select,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'

const accent: MantineColorsTuple = [
  '#e8f6f4',
  '#cfeae7',
  '#a3d8d3',
  '#74c7bf',
  '#4ab5ac',
  '#2ba197',
  '#14807a',
  '#0f6f6b',
  '#0b5a57',
  '#074543',
]

const gray: MantineColorsTuple = [
  '#f7f8f9',
  '#f0f2f4',
  '#e3e6e9',
  '#d3d8dc',
  '#b5bcc3',
  '#818a94',
  '#565f69',
  '#3f4750',
  '#272d34',
  '#14181d',
]

const dark: MantineColorsTuple = [
  '#e7eaed',
  '#b1bac3',
  '#9aa5b0',
  '#6f7a85',
  '#323a43',
  '#262d34',
  '#1a1f24',
  '#0f1215',
  '#0b0e10',
  '#07090a',
]

const small = { defaultProps: { size: 'xs' } }

/** Compact sizes, one accent, cool greys. The colours of states are CSS variables in app/globals.css. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, gray, dark },
  black: '#14181d',
  fontFamily: "'Inter Variable', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '6px', sm: '10px', md: '14px', lg: '20px', xl: '28px' },
  radius: { xs: '3px', sm: '5px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.3' },
      h2: { fontSize: '15px', lineHeight: '1.4' },
      h3: { fontSize: '13px', lineHeight: '1.4' },
    },
  },
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' }, styles: { label: { fontWeight: 550 } } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } }),
    Anchor: Anchor.extend({ defaultProps: { underline: 'hover', fz: 'inherit' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'default', tt: 'none', fw: 500, radius: 'sm' } }),
    TextInput: TextInput.extend(small),
    PasswordInput: PasswordInput.extend(small),
    NumberInput: NumberInput.extend(small),
    Textarea: Textarea.extend(small),
    Select: Select.extend(small),
    MultiSelect: MultiSelect.extend(small),
    Input: Input.extend({ classNames: { wrapper: 'field-frame' } }),
    InputWrapper: InputWrapper.extend({ styles: { label: { fontWeight: 550, marginBottom: 3 } } }),
    // As large as a finger needs; their labels read like those of other fields.
    Checkbox: Checkbox.extend({ styles: { label: { fontSize: '13px' } } }),
    Radio: Radio.extend({ styles: { label: { fontSize: '13px' } } }),
    Loader: Loader.extend({ defaultProps: { size: 'sm', type: 'dots' } }),
    Menu: Menu.extend({
      defaultProps: {
        withInitialFocusPlaceholder: false,
        shadow: 'md',
        position: 'bottom-end',
        transitionProps: { duration: 80 },
      },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 250, transitionProps: { duration: 80 }, withArrow: false } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: false,
        yOffset: '12vh',
        transitionProps: { duration: 100, transition: 'fade' },
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.4 },
        // A dialog's head is no banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
      styles: {
        title: { fontWeight: 600, fontSize: '15px' },
        header: { background: 'var(--p-raised)' },
        content: { background: 'var(--p-raised)', border: '1px solid var(--p-line)' },
      },
    }),
  },
})

/** Points Mantine's own variables at the tokens, so that its components and ours share one palette. */
export const resolveVariables: CSSVariablesResolver = () => {
  const tokens = {
    '--mantine-color-body': 'var(--p-canvas)',
    '--mantine-color-text': 'var(--p-text)',
    '--mantine-color-dimmed': 'var(--p-text-2)',
    '--mantine-color-placeholder': 'var(--p-text-2)',
    '--mantine-color-anchor': 'var(--p-accent-text)',
    '--mantine-color-error': 'var(--p-critical)',
    '--mantine-color-default': 'var(--p-raised)',
    '--mantine-color-default-hover': 'var(--p-hover)',
    '--mantine-color-default-color': 'var(--p-text)',
    '--mantine-color-default-border': 'var(--p-line)',
    '--mantine-color-disabled': 'var(--p-hover)',
    '--mantine-color-disabled-color': 'var(--p-text-2)',
    '--mantine-color-disabled-border': 'var(--p-line)',
    '--mantine-shadow-md': 'var(--p-shadow)',
    '--mantine-color-accent-light': 'var(--p-accent-soft)',
    '--mantine-color-accent-light-color': 'var(--p-accent-text)',
    '--mantine-color-accent-text': 'var(--p-accent-text)',
    '--mantine-color-accent-outline': 'var(--p-accent-text)',
    '--mantine-color-gray-light-color': 'var(--p-text-2)',
  }
  return { variables: {}, light: tokens, dark: tokens }
}
