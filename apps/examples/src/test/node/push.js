// Writes one batch to tidemark.mutations with kafkajs, encoded with the registry client that is named; kafkajs places it as Java does.
// Arguments: kafkajs|confluentinc, bootstrap, registry, project.
const { Kafka, Partitioners, logLevel } = require('kafkajs')

const [, , which, bootstrap, registryUrl, project] = process.argv
const MUTATIONS = 'tidemark.mutations'

// Members that the schema has a default for stand here all the same: avsc, which both clients use, wants every one.
const op = fields => ({ field: null, value: null, payload: null, entity: null, query: null, ops: null, ...fields })
const mutation = fields => ({ create: true, base_version: null, occurred_at: null, ...fields })

const encoders = {
  async kafkajs(batch) {
    const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry')
    const registry = new SchemaRegistry({ host: registryUrl })
    const id = await registry.getLatestSchemaId(`${MUTATIONS}-value`)
    return registry.encode(id, batch)
  },
  async confluentinc(batch) {
    const { SchemaRegistryClient, AvroSerializer, SerdeType } = require('@confluentinc/schemaregistry')
    const client = new SchemaRegistryClient({ baseURLs: [registryUrl] })
    const serializer = new AvroSerializer(client, SerdeType.VALUE, { autoRegisterSchemas: false, useLatestVersion: true })
    return serializer.serialize(MUTATIONS, batch)
  },
}

async function main() {
  const value = await encoders[which]({
    project, replica: which, incarnation: '0', acked_through: null, follows: null,
    mutations: [
      mutation({ local_seq: 1, entity: 'note', entity_key: 'a', ops: [op({ op: 'PUT', payload: '{"from":"node"}' })] }),
      mutation({ local_seq: 2, entity: 'note', entity_key: 'b', ops: [op({ op: 'PUT', payload: '{}' })] }),
    ],
  })
  const kafka = new Kafka({ clientId: 'stock', brokers: [bootstrap], logLevel: logLevel.ERROR })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  await producer.send({ topic: MUTATIONS, acks: -1, messages: [{ key: project, value }] })
  await producer.disconnect()
}

main().then(() => process.exit(0), e => {
  console.error(e)
  process.exit(1)
})
