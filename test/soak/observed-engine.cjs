// The engine with an observer in it, see observed-main.cjs.
const v8 = require('node:v8')
const vm = require('node:vm')

v8.setFlagsFromString('--expose-gc')
const collect = vm.runInNewContext('gc')
process.parentPort.on('message', ({ data }) => {
  if (data?.type !== 'soak') return
  collect()
  process.parentPort.postMessage({ type: 'soak', memory: process.memoryUsage() })
})

require(process.env.SOAK_ENTRY)
