/** `npm run bench`: bootstrap has installed and generated what the benchmark needs. */
import '@/bench/index'
