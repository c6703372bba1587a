#include "kit/http/client_address.hpp"

#include "base/text.hpp"

#include <boost/asio/ip/address.hpp>

namespace http {

namespace {

namespace ip = boost::asio::ip;

std::string to_text(const ip::address& address)
{
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return ip::make_address_v4(ip::v4_mapped, address.to_v6()).to_string();
    return address.to_string();
}

}  // namespace

bool is_listed(std::string_view address, std::string_view list)
{
    for (const auto listed : base::split(list, ','))
        if (base::trim(listed) == address)
            return true;
    return false;
}

std::string plain_address(std::string_view address)
{
    boost::system::error_code error;
    const auto parsed = ip::make_address(std::string(address), error);
    return error ? std::string(address) : to_text(parsed);
}

std::string forwarded_client(const Request& request, std::string_view peer, std::string_view trusted_proxies)
{
    std::string client(peer);
    for (auto header = request.headers.rbegin(); header != request.headers.rend(); ++header) {
        if (header->first != "x-forwarded-for")
            continue;
        const auto hops = base::split(header->second, ',');
        for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
            boost::system::error_code error;
            const auto address = ip::make_address(std::string(base::trim(*hop)), error);
            if (error)
                return client;
            client = to_text(address);
            if (!is_listed(client, trusted_proxies))
                return client;
        }
    }
    return client;
}

}  // namespace http
