import protobuf from 'protobufjs/minimal.js'

const booleanType = 11

/** Payload of the command that asks an edge node for its births: metric "Node Control/Rebirth", true. */
export function rebirthRequest(nowMs: number): Buffer {
  const writer = protobuf.Writer.create()
  writer.uint32(8).uint64(nowMs)
  writer.uint32(18).fork()
  writer.uint32(10).string('Node Control/Rebirth')
  writer.uint32(24).uint64(nowMs)
  writer.uint32(32).uint32(booleanType)
  writer.uint32(112).bool(true)
  writer.ldelim()
  return Buffer.from(writer.finish())
}
