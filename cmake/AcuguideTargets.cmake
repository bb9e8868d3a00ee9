# One library per room, one test program per room: the two functions every CMakeLists.txt here uses.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wall> $<$<COMPILE_LANGUAGE:CXX>:-Wextra>
                    $<$<COMPILE_LANGUAGE:CXX>:-Wpedantic> $<$<COMPILE_LANGUAGE:CXX>:-Wshadow>
                    $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor> $<$<COMPILE_LANGUAGE:CXX>:-Wold-style-cast>
                    $<$<COMPILE_LANGUAGE:CXX>:-Werror>)

set(ACUGUIDE_SANITIZE "" CACHE STRING "Sanitizers to build with, as in -fsanitize=")
if(ACUGUIDE_SANITIZE)
  # GCC's flow analysis sees phantom problems in instrumented code; the plain build keeps these as errors.
  add_compile_options(-fsanitize=${ACUGUIDE_SANITIZE} -fno-omit-frame-pointer -O1 -g1
                      -Wno-error=maybe-uninitialized -Wno-error=uninitialized -Wno-error=stringop-overflow
                      -Wno-error=array-bounds -Wno-error=null-dereference -Wno-error=tsan)
  add_link_options(-fsanitize=${ACUGUIDE_SANITIZE})
endif()

# acuguide_library(ROOM SOURCES a.cpp ... PUBLIC lib ... PRIVATE lib ...)
#   makes acuguide::ROOM. Headers are included as "ROOM/file.h".
function(acuguide_library room)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(acuguide_${room} STATIC ${ARG_SOURCES})
  add_library(acuguide::${room} ALIAS acuguide_${room})
  target_include_directories(acuguide_${room} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(acuguide_${room} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

# acuguide_test(ROOM SOURCES a_test.cpp ... LIBRARIES lib ...)
#   makes the program ROOM_tests; every TEST in it becomes a CTest test with the label ROOM, or LABEL where given.
#   Tests get ACUGUIDE_SOURCE_DIR and ACUGUIDE_BINARY_DIR as string macros.
include(GoogleTest)
function(acuguide_test room)
  cmake_parse_arguments(ARG "" "TIMEOUT;LABEL" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  if(NOT ARG_LABEL)
    set(ARG_LABEL ${room})
  endif()
  if(ACUGUIDE_SANITIZE)  # tests/patience.h
    math(EXPR ARG_TIMEOUT "${ARG_TIMEOUT} * 10")
  endif()
  add_executable(${room}_tests ${ARG_SOURCES})
  target_include_directories(${room}_tests PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${room}_tests PRIVATE
    ACUGUIDE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" ACUGUIDE_BINARY_DIR="${PROJECT_BINARY_DIR}")
  # A quarter off the tests' compile time; what they test keeps the optimisation of its own library.
  target_compile_options(${room}_tests PRIVATE $<$<CONFIG:Release>:-O1>)
  target_link_libraries(${room}_tests PRIVATE ${ARG_LIBRARIES} GTest::gmock GTest::gtest_main)
  gtest_discover_tests(${room}_tests DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT})
endfunction()

# acuguide_embed(ROOM HEADER name=file ...)
#   writes generated/ROOM/HEADER with the text of each file as `inline constexpr std::string_view name`, in the namespace of
#   the room: schemas and data are read by people where they lie and compiled in from there, so that there is only one.
function(acuguide_embed room header)
  set(constants "")
  foreach(pair IN LISTS ARGN)
    string(REGEX MATCH "^([A-Za-z]+)=(.+)$" matched ${pair})
    set(name ${CMAKE_MATCH_1})
    set(file ${CMAKE_MATCH_2})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    string(APPEND constants "inline constexpr std::string_view ${name} = R\"embedded(${text})embedded\";\n\n")
  endforeach()
  set(path ${PROJECT_BINARY_DIR}/generated/${room}/${header})
  file(CONFIGURE OUTPUT ${path} @ONLY CONTENT
    "#pragma once\n\n#include <string_view>\n\nnamespace acuguide::${room} {\n\n@constants@}  // namespace acuguide::${room}\n")
endfunction()
