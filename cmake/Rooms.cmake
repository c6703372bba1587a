# A room is a folder below src/: a library, and a test program beside it.
# Storeys, lowest first. A room may use any room of a lower storey that it names, and those
# of its own storey that it names and that are declared before it; two features never use each other.
set(STOREYS base kit process platform features)

set(SCHALTER_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
    -Woverloaded-virtual -Wold-style-cast -Werror)

set(TEST_ENVIRONMENT "SCHALTER_SOURCE=${CMAKE_SOURCE_DIR}" ASAN_OPTIONS=detect_stack_use_after_return=1
    "LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tools/lsan.supp:print_suppressions=0")

function(storey_of room result)
  string(REGEX REPLACE "/.*" "" storey ${room})
  list(FIND STOREYS ${storey} index)
  if(index EQUAL -1)
    message(FATAL_ERROR "${room}: no storey called ${storey}")
  endif()
  set(${result} ${index} PARENT_SCOPE)
endfunction()

# add_room(<folder below src/> [DEPENDS <room>...] [LINKS <library>...])
# makes the library, its test program and its ctest entry. A room's pages, texts and migrations are
# embedded as "<room>/resources.hpp".
function(add_room room)
  cmake_parse_arguments(ROOM "" "" "DEPENDS;LINKS" ${ARGN})
  string(REPLACE "/" "_" name ${room})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${room}/*.cpp
       ${CMAKE_SOURCE_DIR}/src/${room}/*/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_(test|fixture)\\.cpp$")
  set(fuzzers ${sources})
  list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_fuzz\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_(test|fixture)\\.cpp$")

  embed_resources(${room} embedded)
  set(visibility PUBLIC)
  if(sources OR embedded)
    add_library(${name} STATIC ${sources} ${embedded})
    target_compile_options(${name} PRIVATE ${SCHALTER_WARNINGS})
    target_link_libraries(${name} PRIVATE ${ROOM_LINKS})
    share_precompiled_header(${name})
  else()  # headers only
    set(visibility INTERFACE)
    add_library(${name} INTERFACE)
  endif()
  target_include_directories(${name} ${visibility} ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/generated)
  target_compile_features(${name} ${visibility} cxx_std_20)

  storey_of(${room} own)
  foreach(other IN LISTS ROOM_DEPENDS)
    storey_of(${other} theirs)
    if(theirs GREATER own OR (theirs EQUAL own AND room MATCHES "^features/"))
      message(FATAL_ERROR "${room} must not use ${other}")
    endif()
    string(REPLACE "/" "_" other_name ${other})
    if(NOT TARGET ${other_name})
      message(FATAL_ERROR "${room} uses ${other}, which is declared after it")
    endif()
    target_link_libraries(${name} ${visibility} ${other_name})
  endforeach()

  if(tests AND SCHALTER_UNIT_TESTS)
    add_executable(${name}_test ${tests})
    target_compile_options(${name}_test PRIVATE ${SCHALTER_WARNINGS} -Wno-missing-field-initializers)
    target_link_libraries(${name}_test PRIVATE ${name} testing ${ROOM_LINKS})
    share_precompiled_header(${name}_test)
    add_test(NAME ${room} COMMAND ${name}_test)
    set(environment ${TEST_ENVIRONMENT})
    if("kit/sql" IN_LIST ROOM_DEPENDS OR room STREQUAL "kit/sql")
      target_link_libraries(${name}_test PRIVATE testing_databases)
      set_tests_properties(${room} PROPERTIES FIXTURES_REQUIRED postgres)
      list(APPEND environment "SCHALTER_TEST_POSTGRES=postgresql://schalter@/schalter?host=${TEST_POSTGRES_DIRECTORY}")
    endif()
    set_tests_properties(${room} PROPERTIES LABELS unit ENVIRONMENT "${environment}")
  endif()

  if(SCHALTER_FUZZERS AND fuzzers)
    add_executable(${name}_fuzz ${fuzzers})
    target_link_libraries(${name}_fuzz PRIVATE ${name} ${ROOM_LINKS})
    target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer)
  endif()
endfunction()

# Generated sources for pages/*.mustache, locale/*.json and migrations/*.sql of a room; empty when it has none.
# A third argument names the folder that holds the room, where that is not src/.
function(embed_resources room result)
  set(source ${CMAKE_SOURCE_DIR}/src)
  if(ARGC GREATER 2)
    set(source ${ARGV2})
  endif()
  set(folder ${source}/${room})
  file(GLOB files CONFIGURE_DEPENDS ${folder}/pages/*.mustache ${folder}/locale/*.json ${folder}/migrations/*.sql)
  set(${result} "" PARENT_SCOPE)
  if(files)
    set(output ${CMAKE_BINARY_DIR}/generated/${room})
    add_custom_command(OUTPUT ${output}/resources.cpp ${output}/resources.hpp
      COMMAND ${CMAKE_SOURCE_DIR}/tools/embed.py ${room} ${source} ${CMAKE_BINARY_DIR}/generated
      DEPENDS ${files} ${CMAKE_SOURCE_DIR}/tools/embed.py)
    set(${result} ${output}/resources.cpp ${output}/resources.hpp PARENT_SCOPE)
  endif()
endfunction()

# The standard headers that nearly every file uses, compiled once for all rooms.
function(share_precompiled_header target)
  if(SCHALTER_PRECOMPILED)
    if(TARGET precompiled)
      target_precompile_headers(${target} REUSE_FROM precompiled)
    endif()
  endif()
endfunction()
