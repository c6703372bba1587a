#pragma once

#include "kit/api/operation.hpp"

namespace tenancy {

class Municipalities;

// GET /municipalities, /municipalities/{bfs}: for everybody.
api::Slice municipality_api(const Municipalities& municipalities, const html::Texts& texts);

// A municipality's own number in an address; of a former one it means the one it has become part of.
api::Parameter bfs_parameter();

}  // namespace tenancy
