#include "process/runtime/packed_trail.hpp"

#include <zlib.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace runtime {

namespace {

// The most frequent stand last. It can never be changed: a new one needs a new function.
constexpr std::string_view dictionary =
    "\"variables_set\",\"incident_resolved\",\"incident_raised\",\"signal_received\",\"message_received\","
    "\"cancelled\",\"modified\",\"migrated\",\"started\",\"task_completed\",\"terminated\",\"taken\","
    "\"activated\",\"completed\",[[19[18[17,[17\",\"taken\"],[17\",\"activated\",1],[17\",\"completed\",1],[17";

// A trail is some kilobytes; what claims to be larger is broken.
constexpr std::size_t largest = 256U << 20U;

const Bytef* bytes_of(std::string_view text)
{
    return static_cast<const Bytef*>(static_cast<const void*>(text.data()));
}
Bytef* bytes_of(std::string& text)
{
    return static_cast<Bytef*>(static_cast<void*>(text.data()));
}

void expect(bool is_right)
{
    if (!is_right)
        throw std::runtime_error("a stored trail is broken");
}

}  // namespace

std::string pack_trail(std::string_view entries)
{
    z_stream stream{};
    expect(deflateInit(&stream, Z_BEST_COMPRESSION) == Z_OK);
    const std::unique_ptr<z_stream, decltype(&deflateEnd)> end(&stream, &deflateEnd);
    expect(deflateSetDictionary(&stream, bytes_of(dictionary), static_cast<uInt>(dictionary.size())) == Z_OK);
    std::string packed(deflateBound(&stream, entries.size()), '\0');
    stream.next_in = const_cast<Bytef*>(bytes_of(entries));  // zlib reads it only
    stream.avail_in = static_cast<uInt>(entries.size());
    stream.next_out = bytes_of(packed);
    stream.avail_out = static_cast<uInt>(packed.size());
    expect(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    packed.resize(stream.total_out);
    return packed;
}

std::string unpack_trail(std::string_view packed)
{
    z_stream stream{};
    expect(inflateInit(&stream) == Z_OK);
    const std::unique_ptr<z_stream, decltype(&inflateEnd)> end(&stream, &inflateEnd);
    stream.next_in = const_cast<Bytef*>(bytes_of(packed));
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string entries;
    std::array<char, 4096> part{};
    for (int code = Z_OK; code != Z_STREAM_END;) {
        stream.next_out = static_cast<Bytef*>(static_cast<void*>(part.data()));
        stream.avail_out = static_cast<uInt>(part.size());
        code = inflate(&stream, Z_NO_FLUSH);
        if (code == Z_NEED_DICT) {
            expect(
                inflateSetDictionary(&stream, bytes_of(dictionary), static_cast<uInt>(dictionary.size())) ==
                Z_OK
            );
            continue;
        }
        expect(code == Z_OK || code == Z_STREAM_END);
        entries.append(part.data(), part.size() - stream.avail_out);
        expect(entries.size() <= largest);
    }
    return entries;
}

}  // namespace runtime
