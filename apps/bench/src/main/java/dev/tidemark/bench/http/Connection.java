package dev.tidemark.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One kept-alive connection with at most one request in flight. Used by one thread. */
final class Connection implements AutoCloseable {
    private final int number;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final AnswerReader answer = new AnswerReader();
    private ByteBuffer request = ByteBuffer.allocate(0);
    private long exchange;

    private Connection(int number, SocketChannel channel, Selector selector) throws IOException {
        this.number = number;
        this.channel = channel;
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    static Connection open(int number, InetSocketAddress server, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return new Connection(number, channel, selector);
    }

    /** From 0. */
    int number() {
        return number;
    }

    /** Which of all requests is, or was last, in flight here. */
    long exchange() {
        return exchange;
    }

    AnswerReader answer() {
        return answer;
    }

    void send(long exchange, byte[] whole) throws IOException {
        this.exchange = exchange;
        request = ByteBuffer.wrap(whole);
        write();
    }

    /** What did not fit into the socket before. */
    void write() throws IOException {
        channel.write(request);
        key.interestOps(request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /** @return whether the answer is complete */
    boolean read(ByteBuffer scratch) throws IOException {
        scratch.clear();
        if (channel.read(scratch) < 0) throw new EOFException("the server closed the connection");
        return answer.take(scratch.flip());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
