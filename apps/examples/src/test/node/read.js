// Reads the records of a project from tidemark.log with kafkajs, and decodes value and header with the registry client that is named.
// Arguments: kafkajs|confluentinc, bootstrap, registry, project, how many records. One JSON line a record.
const { Kafka, CompressionTypes, CompressionCodecs, logLevel } = require('kafkajs')
const lz4 = require('lz4js')

// The log is compressed with LZ4, which kafkajs reads only with a codec that it is given.
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async encoder => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async buffer => Buffer.from(lz4.decompress(buffer)),
})

const [, , which, bootstrap, registryUrl, project, wanted] = process.argv
const LOG = 'tidemark.log'

const decoders = {
  kafkajs() {
    const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry')
    const registry = new SchemaRegistry({ host: registryUrl })
    return bytes => registry.decode(bytes)
  },
  confluentinc() {
    const { SchemaRegistryClient, AvroDeserializer, SerdeType } = require('@confluentinc/schemaregistry')
    const client = new SchemaRegistryClient({ baseURLs: [registryUrl] })
    const deserializer = new AvroDeserializer(client, SerdeType.VALUE, {})
    return bytes => deserializer.deserialize(LOG, bytes)
  },
}

async function main() {
  const decode = decoders[which]()
  const kafka = new Kafka({ clientId: 'stock', brokers: [bootstrap], logLevel: logLevel.ERROR })
  const consumer = kafka.consumer({ groupId: `stock-${which}-${project}`, readUncommitted: false })
  await consumer.connect()
  await consumer.subscribe({ topics: [LOG], fromBeginning: true })
  let seen = 0
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, event => reject(event.payload.error))
    consumer.run({
      autoCommit: false,
      eachMessage: async ({ message }) => {
        const path = message.key.toString()
        if (!path.startsWith(`${project}/`)) return
        try {
          const change = message.value === null ? null : await decode(message.value)
          const meta = await decode(message.headers['tm-meta'])
          console.log(JSON.stringify({
            path, offset: message.offset, image: change === null ? null : change.image, version: Number(meta.version),
            ordinal: Number(meta.ordinal), digest: Buffer.from(meta.digest).toString('hex'),
          }))
          if (++seen === Number(wanted)) resolve()
        } catch (e) {
          reject(e)
        }
      },
    }).catch(reject)
  })
  await consumer.disconnect()
}

main().then(() => process.exit(0), e => {
  console.error(e)
  process.exit(1)
})
