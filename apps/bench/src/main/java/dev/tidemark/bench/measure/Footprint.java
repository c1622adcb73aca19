package dev.tidemark.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has used so far, as Linux counts it in {@code /proc}.
 *
 * @param residentBytes now
 * @param anonymousBytes of those, what is no mapped file: jars and indexes are, and can be dropped
 * @param residentPeakBytes at most so far
 * @param cpuNs of all its threads
 * @param writtenBytes given to the disk layer by it, also what is still in the page cache; 0 on a file system in memory
 */
public record Footprint(
        long residentBytes, long anonymousBytes, long residentPeakBytes, long cpuNs, long writtenBytes) {
    /** {@code sysconf(_SC_CLK_TCK)}: 100 on every Linux that Java runs on. */
    private static final long NS_PER_TICK = 10_000_000;

    private static final int UTIME_AFTER_NAME = 11;

    public static Footprint ofThisProcess() {
        return of(ProcessHandle.current().pid());
    }

    public static Footprint of(long pid) {
        Path proc = Path.of("/proc", Long.toString(pid));
        try {
            List<String> status = Files.readAllLines(proc.resolve("status"));
            return new Footprint(
                    kilobytes(status, "VmRSS:"),
                    kilobytes(status, "RssAnon:"),
                    kilobytes(status, "VmHWM:"),
                    cpuNs(Files.readString(proc.resolve("stat"))),
                    number(Files.readAllLines(proc.resolve("io")), "write_bytes:"));
        } catch (IOException e) {
            throw new UncheckedIOException("no /proc of process " + pid, e);
        }
    }

    private static long kilobytes(List<String> lines, String name) {
        return number(lines, name) << 10;
    }

    private static long number(List<String> lines, String name) {
        String line = lines.stream()
                .filter(each -> each.startsWith(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name + " in /proc"));
        return Long.parseLong(line.substring(name.length()).replace("kB", "").trim());
    }

    /** The name, in parentheses, may have spaces. */
    static long cpuNs(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[UTIME_AFTER_NAME]) + Long.parseLong(fields[UTIME_AFTER_NAME + 1])) * NS_PER_TICK;
    }
}
