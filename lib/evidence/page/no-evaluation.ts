import { config } from 'zod/mini'
import en from 'zod/v4/locales/en.js'

// The page allows no evaluation of text as code, and zod would try. Imported before any schema is made.
config({ ...en(), jitless: true })
