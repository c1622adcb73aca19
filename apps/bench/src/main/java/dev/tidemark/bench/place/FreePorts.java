package dev.tidemark.bench.place;

import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that are free now and stay so while a server is down: below those that systems give to outgoing connections, so that
 * no client happens to sit on one when its server comes back.
 */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int ATTEMPTS_MAX = 200;

    private FreePorts() {}

    /** The first of that many neighbours. */
    public static int neighbours(int count) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(FIRST, LAST - count);
            if (areFree(first, count)) return first;
        }
        throw new CommandFailure("no " + count + " neighbouring ports are free between " + FIRST + " and " + LAST);
    }

    private static boolean areFree(int first, int count) {
        for (int port = first; port < first + count; port++) if (!isFree(port)) return false;
        return true;
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
