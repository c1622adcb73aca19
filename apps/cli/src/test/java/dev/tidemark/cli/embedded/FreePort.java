package dev.tidemark.cli.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port whose successor is free too. */
public final class FreePort {
    private FreePort() {}

    public static int pair() {
        for (int attempt = 0; attempt < 50; attempt++) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket second =
                            new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.getLoopbackAddress())) {
                if (second.isBound()) return first.getLocalPort();
            } catch (IOException | IllegalArgumentException taken) {
                continue;
            }
        }
        throw new IllegalStateException("no two neighbouring ports are free");
    }
}
